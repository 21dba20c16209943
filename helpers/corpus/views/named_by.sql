-- Whom each speaker names in each statement: one row for a statement, its speaker and a person in it, by their names in the corpus.
SELECT s.article, s.statement_id, s.day, s.person, s.official, s.sentiment_score,
       j.person AS of, p.official AS of_official
FROM spoken AS s
JOIN entities AS e ON e.article = s.article AND e.statement_id = s.statement_id AND e.type = 'person'
JOIN joined AS j ON j.article = e.article AND j.name = e.name
JOIN people AS p ON p.article = e.article AND p.name = e.name
WHERE s.person <> j.person
