// Prints every pledge, from the first one on, by the contract alone. Run: npm install kafkajs && node pledges.mjs HOST:PORT
import { Kafka, logLevel } from "kafkajs";

const kafka = new Kafka({ brokers: [process.argv[2]], logLevel: logLevel.ERROR });
const consumer = kafka.consumer({ groupId: "pledges-in-javascript" });
await consumer.connect();
await consumer.subscribe({ topic: "mission-events", fromBeginning: true });
await consumer.run({
  eachMessage: async ({ message }) => {
    if (message.headers.ce_type?.toString() !== "pledge-announced.v1") return; // other types, and ones that are yet to come
    const { mission, contributor, quantity, evidence } = JSON.parse(message.value);
    const amount = quantity ? `${quantity.amount} ${quantity.unit}` : "-";
    console.log(`${message.headers.ce_id} ${mission} ${contributor ?? "-"} ${amount} ${evidence.quote}`);
  },
});
