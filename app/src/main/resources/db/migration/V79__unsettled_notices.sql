-- Those who run the centre see at each look how many notices wait or failed: few, and never to be sought among all.
create index notice_unsettled on notice (state) where state in ('WAITING', 'SENDING', 'FAILED');
