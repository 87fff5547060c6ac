# Values in readable form.

values-yes = ja
values-no = nein
values-more = Es gibt mehr, als hier gezeigt werden kann.
values-unnamed = Eintrag { $number }
values-not-json = Kein JSON (Zeile { $line }, Spalte { $column })
values-date = { $day }. { $month } { $year }
values-date-time = { $date }, { $time }
values-january = Januar
values-february = Februar
values-march = März
values-april = April
values-may = Mai
values-june = Juni
values-july = Juli
values-august = August
values-september = September
values-october = Oktober
values-november = November
values-december = Dezember
