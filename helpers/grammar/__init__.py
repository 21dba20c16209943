"""The grammar behind the road: known names, roles, cues, contents, quotation marks, who is meant."""
