-- Who and what is named together in one statement.
WITH named AS (
    SELECT DISTINCT e.article, e.statement_id, e.name, e.type
    FROM entities AS e
    SEMI JOIN counted AS c USING (article, statement_id)
    WHERE e.type IN ('person', 'organisation', 'country', 'agreement', 'event')
)
SELECT a.name AS one, b.name AS other, a.type AS one_type, b.type AS other_type,
       count(*) AS statements, count(DISTINCT a.article) AS articles
FROM named AS a
JOIN named AS b ON a.article = b.article AND a.statement_id = b.statement_id AND a.name < b.name
GROUP BY ALL
ORDER BY statements DESC, one, other
