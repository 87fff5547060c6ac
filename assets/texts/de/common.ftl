key-choose = Auswählen
