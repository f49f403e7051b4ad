-- Whoever advances a test clock holds it, for a while at a time: if it dies, the clock is free again by itself.
alter table test_clock add column holder text, add column held_until timestamptz;
