package redress.lab.life;

import java.time.Instant;
import redress.dispute.Actor;
import redress.dispute.Command;

/** Something that was said in a life and had an effect: in which dispute (its place from 0), when, by whom, what. */
public record Said(int dispute, Instant at, Actor by, Command command) {}
