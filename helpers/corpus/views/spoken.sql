-- Who said what counts: one row for each statement and speaker, under the name that the person has in the whole corpus.
SELECT c.article, c.statement_id, c.day, c.outlet, c.kind, c.text, c.sentiment, c.sentiment_score, c.themes,
       coalesce(j.person, p.name) AS person, p.role, p.country, p.official
FROM counted AS c
JOIN speakers AS p USING (article, statement_id)
LEFT JOIN joined AS j ON j.article = p.article AND j.name = p.name
