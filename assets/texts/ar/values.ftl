# Values in readable form.

values-yes = نعم
values-no = لا
values-more = هناك أكثر مما يمكن عرضه هنا.
values-unnamed = العنصر { $number }
values-not-json = ليس JSON (السطر { $line }، العمود { $column })
values-date = { $day } { $month } { $year }
values-date-time = { $date }، { $time }
values-january = يناير
values-february = فبراير
values-march = مارس
values-april = أبريل
values-may = مايو
values-june = يونيو
values-july = يوليو
values-august = أغسطس
values-september = سبتمبر
values-october = أكتوبر
values-november = نوفمبر
values-december = ديسمبر
