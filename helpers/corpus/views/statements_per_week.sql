-- How much each official says, week by week (weeks begin on Monday), and in what tone.
SELECT person, date_trunc('week', day)::DATE AS week, count(*) AS statements, count(DISTINCT article) AS articles,
       avg(sentiment_score) AS mean_tone
FROM spoken
WHERE official AND day IS NOT NULL
GROUP BY ALL
ORDER BY person, week
