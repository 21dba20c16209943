"""Who and what is named, and who is meant. A paragraph goes this way:

gazetteer, roles    known names, and roles with the country and the field that stand beside them
mentions            names of people, by what is `beside` them; `paragraphs` holds all this for each paragraph
labelled            the names that the labels of a transcript tell
people              each person once, by `matching` the names; `pronouns` tells he or she
things              organisations, places, agreements, events, and studies
references          whom a pronoun, a role, a group or "the company" means: `antecedents`, `parties`, `organisations`
speakers, entities  whom a source stands for; what the article speaks of, `quantities` among it (`numbers`, `dates`)
"""
