key-choose = اختيار
