-- How outlets tell of one event or agreement: what was said in their articles that name it. Choose one: WHERE event = '…'.
WITH told AS (SELECT DISTINCT article, name AS event FROM entities WHERE type IN ('event', 'agreement'))
SELECT t.event, coalesce(c.outlet, 'not told') AS outlet, count(DISTINCT c.article) AS articles, count(*) AS statements,
       count(*) FILTER (c.sentiment = 'positive') AS positive, count(*) FILTER (c.sentiment = 'neutral') AS neutral,
       count(*) FILTER (c.sentiment = 'negative') AS negative, count(*) FILTER (c.sentiment = 'mixed') AS mixed,
       avg(c.sentiment_score) AS mean_tone, count(*) FILTER (c.kind = 'direct') AS direct, min(c.day) AS first
FROM told AS t
JOIN counted AS c USING (article)
GROUP BY ALL
ORDER BY t.event, statements DESC, outlet
