# Values in readable form.

values-yes = sim
values-no = não
values-more = Há mais do que é possível mostrar aqui.
values-unnamed = Elemento { $number }
values-not-json = Não é JSON (linha { $line }, coluna { $column })
values-date = { $day } de { $month } de { $year }
values-date-time = { $date }, { $time }
values-january = janeiro
values-february = fevereiro
values-march = março
values-april = abril
values-may = maio
values-june = junho
values-july = julho
values-august = agosto
values-september = setembro
values-october = outubro
values-november = novembro
values-december = dezembro
