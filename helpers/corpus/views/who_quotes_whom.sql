-- Whom each outlet lets speak: how often, how often in their own words, and in what tone.
SELECT coalesce(outlet, 'not told') AS outlet, person, count(*) AS statements, count(*) FILTER (kind = 'direct') AS direct,
       count(DISTINCT article) AS articles, avg(sentiment_score) AS mean_tone, min(day) AS first, max(day) AS last
FROM spoken
GROUP BY ALL
ORDER BY outlet, statements DESC, person
