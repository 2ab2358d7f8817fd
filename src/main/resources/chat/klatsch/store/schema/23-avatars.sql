-- The start of the uploaded avatar's hash. A page names it in the image's address, so that browsers cache each for good.
alter table users add column if not exists avatar varchar(16);
update users set avatar = (select substring(p.hash from 1 for 16) from pictures p where p.user_id = users.id);
