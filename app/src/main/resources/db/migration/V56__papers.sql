-- A paper's fingerprint is in the log since it was made; this is how what the log says of a paper is found.
create index act_by_paper on act ((body->>'sha256')) where kind = 'paper.made';
