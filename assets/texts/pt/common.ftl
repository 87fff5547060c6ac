key-choose = Escolher
