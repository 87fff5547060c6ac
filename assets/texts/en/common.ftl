# What several screens say.

key-choose = Choose
