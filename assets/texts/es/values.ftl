# Values in readable form.

values-yes = sí
values-no = no
values-more = Hay más de lo que se puede mostrar aquí.
values-unnamed = Elemento { $number }
values-not-json = No es JSON (línea { $line }, columna { $column })
values-date = { $day } de { $month } de { $year }
values-date-time = { $date }, { $time }
values-january = enero
values-february = febrero
values-march = marzo
values-april = abril
values-may = mayo
values-june = junio
values-july = julio
values-august = agosto
values-september = septiembre
values-october = octubre
values-november = noviembre
values-december = diciembre
