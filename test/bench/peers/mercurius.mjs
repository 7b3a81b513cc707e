import Fastify from 'fastify';
import mercuriusGateway from '@mercuriusjs/gateway';

// As its documentation says, with graphql-jit from the second request on. SUBGRAPHS is JSON from name to URL, PORT a number.
const services = Object.entries(JSON.parse(process.env.SUBGRAPHS)).map(([name, url]) => ({ name, url }));
const app = Fastify();
app.register(mercuriusGateway, { jit: 1, gateway: { services } });
await app.listen({ host: '127.0.0.1', port: Number(process.env.PORT) });
