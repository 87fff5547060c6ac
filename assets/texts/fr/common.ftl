key-choose = Choisir
