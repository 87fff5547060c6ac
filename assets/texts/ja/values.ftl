# Values in readable form.

values-yes = はい
values-no = いいえ
values-more = ここに表示しきれない内容があります。
values-unnamed = 項目 { $number }
values-not-json = JSONではありません（{ $line }行{ $column }列）
values-date = { $year }年{ $month }{ $day }日
values-date-time = { $date } { $time }
values-january = 1月
values-february = 2月
values-march = 3月
values-april = 4月
values-may = 5月
values-june = 6月
values-july = 7月
values-august = 8月
values-september = 9月
values-october = 10月
values-november = 11月
values-december = 12月
