-- How each official stands towards each target, week by week: the speaker's own stances, those that are unsure counted apart.
-- A target is the known name in its words, if there is one; else its words in small letters.
WITH named AS (
    SELECT t.article, t.statement_id, t.target_start, arg_max(e.name, e.end - e.start) AS name
    FROM stances AS t
    JOIN entities AS e ON e.article = t.article AND e.statement_id = t.statement_id
         AND e.start >= t.target_start AND e.end <= t.target_end
    WHERE t.held_by IS NULL AND e.type IN ('person', 'organisation', 'country', 'place', 'agreement', 'event')
    GROUP BY ALL
)
SELECT s.person, coalesce(n.name, lower(t.target)) AS target, date_trunc('week', s.day)::DATE AS week, count(*) AS stances,
       count(*) FILTER (t.sure AND t.label = 'positive') AS positive, count(*) FILTER (t.sure AND t.label = 'neutral') AS neutral,
       count(*) FILTER (t.sure AND t.label = 'negative') AS negative, count(*) FILTER (NOT t.sure) AS unsure,
       avg(t.score) AS mean_score
FROM spoken AS s
JOIN stances AS t USING (article, statement_id)
LEFT JOIN named AS n USING (article, statement_id, target_start)
WHERE s.official AND t.held_by IS NULL
GROUP BY ALL
ORDER BY person, target, week
