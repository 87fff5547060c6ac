# One item, whole.

details-scroll = Desplazar
