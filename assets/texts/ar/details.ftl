# One item, whole.

details-scroll = تمرير
