# Values in readable form.

values-yes = oui
values-no = non
values-more = Il y a plus que ce qui peut être affiché ici.
values-unnamed = Élément { $number }
values-not-json = Pas du JSON (ligne { $line }, colonne { $column })
values-date = { $day ->
    [1] 1er
   *[other] { $day }
 } { $month } { $year }
values-date-time = { $date } à { $time }
values-january = janvier
values-february = février
values-march = mars
values-april = avril
values-may = mai
values-june = juin
values-july = juillet
values-august = août
values-september = septembre
values-october = octobre
values-november = novembre
values-december = décembre
