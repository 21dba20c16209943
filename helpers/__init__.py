"""On the Record: who said what, about what, and in what tone, from news articles, offline.

The road, one file a step: `read` -> `article` -> `parse` -> `people`, `entities` -> `statements` -> `sentiment`, `themes`,
`readability` -> `tables` -> `charts`, `reader`, `report`. `analyse` composes them; `explain` says why.
"""
