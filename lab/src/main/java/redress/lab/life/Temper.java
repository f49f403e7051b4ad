package redress.lab.life;

/**
 * What people and machines are like in one life, in percent: how often the merchant, the buyer and the staff do
 * something
 * rather than nothing, how often an offer pleases, how honestly the merchant keeps its word, how often things outside
 * go
 * wrong, how often the runner is down, how often nonsense is sent.
 */
record Temper(int merchantActs, int buyerActs, int staffActs, int agreeable, int honest, int trouble, int outages,
    int nonsense,
    int contented, int quarrelsome) {
  static Temper of(Chance chance) {
    return new Temper(chance.of(95, 70, 30, 0), chance.of(95, 80, 40, 5), chance.of(90, 70, 30, 0),
        chance.of(70, 40, 15),
        chance.of(95, 60, 10), chance.of(0, 5, 15, 40), chance.of(0, 0, 0, 6), chance.of(0, 2, 8),
        chance.of(90, 60, 20),
        chance.of(5, 20, 60));
  }
}
