# What stands in the way before anything can start.

problem-title = O tenfoot não pode iniciar
problem-disk = O disco com { $path } não responde. Verifique se está conectado e, se for um compartilhamento de rede, se o servidor pode ser acessado.
problem-on = Corrija isso e tente de novo.
problem-config = A configuração tem um erro
problem-config-on = Corrija o arquivo e tente de novo.
problem-file = Arquivo
problem-line = Linha
problem-key = Chave
problem-meant = Talvez
problem-perhaps = “{ $key }”
problem-again = Tentar de novo
problem-unchanged = { $why } As configurações anteriores continuam valendo.
