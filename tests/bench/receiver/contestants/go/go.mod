module messenger-operator.io/bench/go

go 1.19
