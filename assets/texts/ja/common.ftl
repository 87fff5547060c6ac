key-choose = 選ぶ
