-- Run once as the master user: the application works with a user of its own, over TLS only, without the
-- rights to create users or to drop tables. Secrets Manager changes its password at the first rotation;
-- give it the value that ApplicationSecret holds now.
CREATE USER 'webapp'@'%' IDENTIFIED BY '<value of ApplicationSecret>' REQUIRE SSL;
GRANT SELECT, INSERT, UPDATE, DELETE ON webapp.* TO 'webapp'@'%';
