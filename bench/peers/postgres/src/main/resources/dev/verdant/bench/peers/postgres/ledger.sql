-- The order of the rulebook (section 4) in PostgreSQL: the same checks of existence and of the id,
-- the same shares, the same postings. Rows that every order would touch (the books, the agents) are
-- kept once per connection ("shard"), as a careful user would, so that orders do not wait for each
-- other.
CREATE TABLE account (
  id bigint PRIMARY KEY, kind smallint NOT NULL, rate int NOT NULL, referrer bigint,
  marketer bigint, district bigint, provincial bigint,
  coupon bigint NOT NULL DEFAULT 0, coin bigint NOT NULL DEFAULT 0,
  payable bigint NOT NULL DEFAULT 0, reserve bigint NOT NULL DEFAULT 0,
  turnover bigint NOT NULL DEFAULT 0, month_consumption bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 50);
CREATE TABLE lot (
  account bigint, cohort int, points bigint NOT NULL, PRIMARY KEY (account, cohort)
) WITH (fillfactor = 50);
CREATE TABLE agent (
  id bigint, shard int, commission bigint NOT NULL DEFAULT 0, turnover bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (id, shard)
) WITH (fillfactor = 50);
CREATE TABLE book (
  shard int, name text, amount bigint NOT NULL DEFAULT 0, PRIMARY KEY (shard, name)
) WITH (fillfactor = 10);
CREATE TABLE placed (
  id bigint PRIMARY KEY, buyer bigint NOT NULL, merchant bigint NOT NULL, amount bigint NOT NULL,
  rate int NOT NULL
);

CREATE FUNCTION place(p_shard int, p_id bigint, p_buyer bigint, p_merchant bigint, p_amount bigint)
RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  m account%ROWTYPE;
  v_referrer bigint;
  k bigint; i bigint; p bigint; c1 bigint; c2 bigint; c3 bigint;
BEGIN
  SELECT * INTO m FROM account WHERE id = p_merchant AND kind = 2;
  IF NOT FOUND THEN RETURN false; END IF;
  k := p_amount * m.rate / 10000;
  i := k * 8000 / 10000;
  p := (p_amount - k) * 8000 / 10000;
  c1 := k * 600 / 10000; c2 := k * 1500 / 10000; c3 := k * 150 / 10000;
  INSERT INTO placed VALUES (p_id, p_buyer, p_merchant, p_amount, m.rate) ON CONFLICT DO NOTHING;
  IF NOT FOUND THEN RETURN false; END IF;
  UPDATE account SET coin = coin + k, turnover = turnover + p_amount,
    month_consumption = month_consumption + p_amount
    WHERE id = p_buyer AND kind = 1 RETURNING referrer INTO v_referrer;
  IF NOT FOUND THEN RAISE EXCEPTION 'no buyer %', p_buyer; END IF;
  UPDATE account SET payable = payable + p, reserve = reserve + (p_amount - k - p),
    turnover = turnover + p_amount WHERE id = p_merchant;
  INSERT INTO lot VALUES (p_buyer, 0, k), (p_merchant, 0, k)
    ON CONFLICT (account, cohort) DO UPDATE SET points = lot.points + excluded.points;
  IF v_referrer IS NOT NULL THEN
    INSERT INTO lot VALUES (v_referrer, 0, k * 500 / 10000)
      ON CONFLICT (account, cohort) DO UPDATE SET points = lot.points + excluded.points;
  END IF;
  UPDATE agent SET turnover = turnover + p_amount,
    commission = commission
      + CASE id WHEN m.marketer THEN c1 WHEN m.district THEN c2 ELSE c3 END
    WHERE shard = p_shard AND id IN (m.marketer, m.district, m.provincial);
  UPDATE book SET amount = amount + CASE name
      WHEN 'CLEARING' THEN p_amount WHEN 'PAYABLE' THEN -p WHEN 'RESERVE' THEN -(p_amount - k - p)
      WHEN 'COMMISSION' THEN -(c1 + c2 + c3) WHEN 'FUND' THEN -(i - c1 - c2 - c3)
      ELSE -(k - i) END
    WHERE shard = p_shard;
  RETURN true;
END $$;

CREATE FUNCTION place_all(p_shard int, p_ids bigint[], p_buyers bigint[], p_merchants bigint[],
  p_amounts bigint[])
RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  done bigint;
BEGIN
  WITH fresh AS (
    INSERT INTO placed
      SELECT o.id, o.buyer, o.merchant, o.amount, m.rate
      FROM unnest(p_ids, p_buyers, p_merchants, p_amounts) AS o(id, buyer, merchant, amount)
      JOIN account m ON m.id = o.merchant AND m.kind = 2
      JOIN account b ON b.id = o.buyer AND b.kind = 1
      ON CONFLICT DO NOTHING RETURNING *),
  part AS (
    SELECT f.*, f.amount * f.rate / 10000 AS k, f.amount - f.amount * f.rate / 10000 AS proceeds,
      (f.amount - f.amount * f.rate / 10000) * 8000 / 10000 AS p,
      b.referrer, m.marketer, m.district, m.provincial
    FROM fresh f JOIN account m ON m.id = f.merchant JOIN account b ON b.id = f.buyer),
  changed AS (
    SELECT id, sum(coin) coin, sum(payable) payable, sum(reserve) reserve, sum(turnover) turnover,
      sum(consumption) consumption
    FROM (
      SELECT buyer id, k coin, 0 payable, 0 reserve, amount turnover, amount consumption FROM part
      UNION ALL SELECT merchant, 0, p, proceeds - p, amount, 0 FROM part) moves
    GROUP BY id ORDER BY id),
  accounts AS (
    UPDATE account a SET coin = a.coin + c.coin, payable = a.payable + c.payable,
      reserve = a.reserve + c.reserve, turnover = a.turnover + c.turnover,
      month_consumption = a.month_consumption + c.consumption
    FROM changed c WHERE a.id = c.id RETURNING 1),
  lots AS (
    INSERT INTO lot
      SELECT id, 0, sum(points) FROM (
        SELECT buyer id, k points FROM part UNION ALL SELECT merchant, k FROM part
        UNION ALL SELECT referrer, k * 500 / 10000 FROM part WHERE referrer IS NOT NULL) issued
      GROUP BY id ORDER BY id
      ON CONFLICT (account, cohort) DO UPDATE SET points = lot.points + excluded.points
      RETURNING 1),
  agents AS (
    UPDATE agent a SET commission = a.commission + e.commission, turnover = a.turnover + e.turnover
    FROM (SELECT id, sum(commission) commission, sum(turnover) turnover FROM (
        SELECT marketer id, k * 600 / 10000 commission, amount turnover FROM part
        UNION ALL SELECT district, k * 1500 / 10000, amount FROM part
        UNION ALL SELECT provincial, k * 150 / 10000, amount FROM part) earned
      GROUP BY id) e
    WHERE a.id = e.id AND a.shard = p_shard RETURNING 1),
  books AS (
    UPDATE book b SET amount = b.amount + CASE name
        WHEN 'CLEARING' THEN s.amount WHEN 'PAYABLE' THEN -s.p WHEN 'RESERVE' THEN s.p - s.proceeds
        WHEN 'COMMISSION' THEN -s.c WHEN 'FUND' THEN s.c - s.i ELSE s.i - s.k END
    FROM (SELECT sum(amount) amount, sum(p) p, sum(proceeds) proceeds, sum(k) k,
        sum(k * 8000 / 10000) i,
        sum(k * 600 / 10000 + k * 1500 / 10000 + k * 150 / 10000) c FROM part) s
    WHERE b.shard = p_shard RETURNING 1)
  SELECT count(*) INTO done FROM fresh;
  RETURN done;
END $$;
