module passerelle.example/conformance

go 1.26
