-- Of which people each person speaks, and in what tone.
SELECT person, of, count(DISTINCT (article, statement_id)) AS statements, count(DISTINCT article) AS articles,
       avg(sentiment_score) AS mean_tone
FROM named_by
GROUP BY ALL
ORDER BY statements DESC, person, of
