-- How much is said about each theme, week by week, and its share of what was said that week. Inherited themes do not count.
WITH weekly AS (
    SELECT *, date_trunc('week', day)::DATE AS week, count(*) OVER (PARTITION BY date_trunc('week', day)) AS in_week
    FROM counted
    WHERE day IS NOT NULL
)
SELECT theme, week, count(*) AS statements, count(DISTINCT article) AS articles, count(*) / any_value(in_week) AS share
FROM (SELECT week, article, in_week, unnest(string_split(themes, '; ')) AS theme FROM weekly WHERE themes IS NOT NULL)
GROUP BY theme, week
ORDER BY theme, week
