key-choose = Elegir
