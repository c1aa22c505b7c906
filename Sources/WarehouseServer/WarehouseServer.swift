// WarehouseServer
