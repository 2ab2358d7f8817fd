-- What concerns the chat as a whole, in one row. This script can be repeated, because H2 keeps what it did before an
-- interruption.
create table if not exists site (
    id int primary key,
    name varchar(200) not null
);
