-- Of which people each person speaks, and in what tone.
SELECT s.person, coalesce(j.person, e.name) AS of, count(DISTINCT (s.article, s.statement_id)) AS statements,
       count(DISTINCT s.article) AS articles, avg(s.sentiment_score) AS mean_tone
FROM spoken AS s
JOIN entities AS e ON e.article = s.article AND e.statement_id = s.statement_id AND e.type = 'person'
LEFT JOIN joined AS j ON j.article = e.article AND j.name = e.name
WHERE s.person <> coalesce(j.person, e.name)
GROUP BY ALL
ORDER BY statements DESC, s.person, of
