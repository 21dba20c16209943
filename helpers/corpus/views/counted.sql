-- The statements that count: said, and in an article that is no copy; with the article's day and outlet.
SELECT s.*, TRY_CAST(a.date AS DATE) AS day, a.source AS outlet
FROM statements AS s
JOIN articles AS a USING (article)
WHERE s.asserted = 'said' AND NOT EXISTS (SELECT 1 FROM duplicates AS d WHERE d.article = s.article)
