# What several screens say.

said = { $words }
list-more = { $most }، { $next }
list-last = { $most } و{ $last }
list-others = { $count } أخرى
key-back = رجوع
key-choose = اختيار
key-move = تنقّل
key-scroll = تمرير
key-cancel = إلغاء
key-leave = خروج
key-start = البداية
io-missing = لا يوجد شيء بهذا الاسم
io-denied = لا يملك tenfoot الإذن بذلك
io-full = لم تبقَ مساحة
io-read-only = القراءة فقط ممكنة هناك
