-- When each name is first and last mentioned, inside statements or outside, in articles that are no copies.
SELECT e.name, e.type, min(TRY_CAST(a.date AS DATE)) AS first, max(TRY_CAST(a.date AS DATE)) AS last,
       arg_min(a.article, a.date) AS first_article, count(*) AS mentions, count(DISTINCT e.article) AS articles
FROM entities AS e
JOIN articles AS a USING (article)
WHERE e.type IN ('person', 'organisation', 'country', 'place', 'agreement', 'event')
  AND NOT EXISTS (SELECT 1 FROM duplicates AS d WHERE d.article = e.article)
GROUP BY e.name, e.type
ORDER BY mentions DESC, e.name, e.type
