# Values in readable form.

values-yes = yes
values-no = no
values-more = There is more than can be shown here.
values-unnamed = Item { $number }
values-not-json = Not JSON (line { $line }, column { $column })
values-date = { $day } { $month } { $year }
values-date-time = { $date }, { $time }
values-january = January
values-february = February
values-march = March
values-april = April
values-may = May
values-june = June
values-july = July
values-august = August
values-september = September
values-october = October
values-november = November
values-december = December
