"""Many articles: the same road over a folder, restartable, on one process or a cluster, into tables that answer questions."""
