// SQLFront
