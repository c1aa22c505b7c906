import Martinet

Martinet.main()
