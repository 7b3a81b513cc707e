import type { Row, Values, World } from './world';

/** Entities with several keys, nested ones too; `@requires` of what is itself required, `@provides`, `@external`. */
export function createShop(): World {
  const vendors = ['v1', 'v2'].map((id): Row => ({
    __typename: 'Vendor',
    id,
    name: `Vendor ${id}`,
    rating: 4.5,
  }));
  const regions = ['north', 'south'].map((code): Row => ({ __typename: 'Region', code }));
  const warehouses = [1, 2, 3].map((number): Row => ({
    __typename: 'Warehouse',
    number,
    region: regions[number % 2],
    label: number === 3 ? null : `W${number}`,
    city: number === 2 ? new Error('the map is lost') : `City ${number}`,
  }));
  const products = Array.from({ length: 7 }, (_, at) => product(at, vendors, warehouses));
  const categories = ['c1', 'c2', 'c3'].map((id, at) => ({
    __typename: 'Category',
    id,
    title: `Category ${id}`,
    products: products.filter((_, place) => place % 3 === at),
  }));
  const parents = categories.map((one, at): Row =>
    Object.assign(one, { parent: at === 0 ? null : categories[0] }),
  );
  products.forEach((one, at) =>
    Object.assign(one, {
      category: at === 5 ? null : parents[at % 3],
      related: at === 4 ? null : [products[(at + 1) % 7], null, products[(at * 3) % 7]],
    }),
  );
  const users = [0, 1, 2].map((at): Row => ({
    __typename: 'User',
    id: `u${at}`,
    handle: `@${at}`,
    age: at === 1 ? null : 20 + at,
  }));
  const reviews = Array.from({ length: 9 }, (_, at) => review(at, products, users));
  products.forEach((one, at) =>
    Object.assign(one, {
      reviews: at === 6 ? null : reviews.filter((each) => each['product'] === one),
      featured: reviews[at],
    }),
  );
  return {
    name: 'shop',
    subgraphs: SUBGRAPHS,
    entities: [...vendors, ...warehouses, ...products, ...parents, ...reviews, ...users],
    rules: rulesOf(products, parents, warehouses),
    samples: { id: ['p1', 'p2', 'p6', 'nobody'], first: [0, 1, 2, 4, null], factor: [1, 2, 3] },
  };
}

function product(at: number, vendors: readonly Row[], warehouses: readonly Row[]): Row {
  return {
    __typename: 'Product',
    id: `p${at}`,
    upc: `upc${at}`,
    sku: { __typename: 'Sku', code: `s${at % 4}`, vendor: vendors[at < 4 ? 0 : 1] },
    name: `Product "${at}"`,
    amount: 100 * (at + 1),
    weight: at === 3 ? null : at + 0.5,
    dimensions: at === 2 ? null : { __typename: 'Dimensions', width: at, height: at === 1 ? null : at * 2 },
    inStock: at % 2 === 0 ? at : null,
    warehouse: at === 1 ? null : warehouses[at % 3],
    class: at % 3 === 0 ? 'HEAVY' : 'LIGHT',
    note: at === 3 ? new Error('no note today') : `note ${at}`,
    serial: at === 5 ? null : 1000 + at,
  };
}

function review(at: number, products: readonly Row[], users: readonly Row[]): Row {
  return {
    __typename: 'Review',
    id: `r${at}`,
    stars: at % 6 === 5 ? null : at % 6,
    text: at === 4 ? new Error('the text is gone') : `review ${at}`,
    product: products[at % 5],
    author: at % 4 === 3 ? null : users[at % 3],
  };
}

function rulesOf(
  products: readonly Row[],
  categories: readonly Row[],
  warehouses: readonly Row[],
): World['rules'] {
  return {
    'Query.products': (_, { first }) => products.slice(0, sizeOf(first)),
    'Query.product': (_, { id }) => products.find((one) => one['id'] === id) ?? null,
    'Query.categories': () => categories,
    'Query.warehouses': () => warehouses,
    'Query.bestRated': (_, { first }) => products.slice(2, 2 + sizeOf(first)),
    'Query.bulky': () => products.slice(3, 6),
    'Product.price': ({ amount }, { currency }) =>
      typeof amount === 'number' ? (currency === 'USD' ? Math.round(amount / 25) : amount) : null,
    'Product.related': ({ related }, { first }) =>
      Array.isArray(related) ? related.slice(0, sizeOf(first)) : null,
    'Product.reviews': ({ reviews }, { first }) =>
      Array.isArray(reviews) ? reviews.slice(0, sizeOf(first)) : null,
    'Product.shipping': shippingOf,
    'Product.duty': ({ price }) => (typeof price === 'number' ? price * 10 : -1),
    'Product.deliveryDays': ({ inStock, class: weightClass }) =>
      (typeof inStock === 'number' ? 1 : 7) + (weightClass === 'HEAVY' ? 2 : 0),
    'Product.score': ({ shipping, deliveryDays }, { factor }) =>
      Number(factor) * (Number(shipping ?? 0) + Number(deliveryDays ?? 0)),
    'Product.origin': ({ sku }) => JSON.stringify(sku),
  };
}

function shippingOf({ weight, price, dimensions }: Values): number | null {
  if (typeof weight !== 'number') return null;
  // Asked for by the field's `@requires`.
  const box = dimensions as { readonly width: number | null; readonly height: number | null } | null;
  return Math.round(weight * 10 + Number(price) + (box?.width ?? 0) * (box?.height ?? 1));
}

function sizeOf(first: unknown): number {
  return typeof first === 'number' ? first : 3;
}

const SUBGRAPHS = {
  catalog: `
    type Query {
      products(first: Int = 3): [Product!]!
      product(id: ID!): Product
      categories: [Category]!
    }
    type Product @key(fields: "id") @key(fields: "upc") @key(fields: "sku { code vendor { id } }") {
      id: ID!
      upc: String!
      sku: Sku!
      name: String! @shareable
      price(currency: Currency = VND): Int
      weight: Float
      dimensions: Dimensions
      category: Category
      related(first: Int): [Product]
      note: String
      class: Class!
    }
    type Sku @shareable { code: String!  vendor: Vendor! }
    type Vendor @key(fields: "id") { id: ID!  name: String! @shareable }
    type Dimensions @shareable { width: Int  height: Int }
    type Category @key(fields: "id") { id: ID!  title: String!  parent: Category  products: [Product!] }
    enum Currency { VND USD }
    enum Class { HEAVY LIGHT }`,
  stock: `
    type Query { warehouses: [Warehouse] }
    type Product @key(fields: "upc") { upc: String!  inStock: Int  warehouse: Warehouse  serial: Int! }
    type Warehouse @key(fields: "region { code } number") {
      region: Region!
      number: Int!
      label: String
    }
    type Region @shareable { code: String! }`,
  places: `
    type Warehouse @key(fields: "region { code } number") { region: Region!  number: Int!  city: String! }
    type Region @shareable { code: String! }
    type Vendor @key(fields: "id") { id: ID!  rating: Float }`,
  shipping: `
    type Query { bulky: [Product!] }
    type Product @key(fields: "id") {
      id: ID!
      weight: Float @external
      price(currency: Currency = VND): Int @external
      dimensions: Dimensions @external
      inStock: Int @external
      class: Class! @external
      shipping: Int @requires(fields: "weight price(currency: USD) dimensions { width height }")
      duty: Int @requires(fields: "price(currency: VND)")
      deliveryDays: Int! @requires(fields: "inStock class")
    }
    type Dimensions @shareable { width: Int  height: Int }
    enum Currency { VND USD }
    enum Class { HEAVY LIGHT }`,
  reviews: `
    type Query { bestRated(first: Int! = 2): [Product]  }
    type Product @key(fields: "id") @key(fields: "sku { code vendor { id } }") {
      id: ID! @shareable
      sku: Sku! @external
      name: String! @external
      shipping: Int @external
      deliveryDays: Int! @external
      reviews(first: Int): [Review!]
      featured: Review @provides(fields: "author { handle }")
      score(factor: Int!): Int @requires(fields: "shipping deliveryDays")
      origin: String @requires(fields: "sku { code vendor { id } }")
    }
    type Sku @shareable { code: String!  vendor: Vendor! }
    type Vendor @key(fields: "id", resolvable: false) { id: ID! }
    type Review @key(fields: "id") {
      id: ID!
      stars: Int
      text: String!
      product: Product! @provides(fields: "name")
      author: User
    }
    type User @key(fields: "id") { id: ID!  handle: String @external }`,
  users: `
    type User @key(fields: "id") { id: ID!  handle: String @shareable  age: Int }`,
};
